import HubServer
import Testing
